"""Build the container image without a Docker engine, start it, ask it the headline question, stop it, remove it.

usage: run.py [--bill FILE] [--full]

FILE is where the image's bill of materials is kept, as CycloneDX JSON. --full builds the image with LibreOffice and has it read
what that writes, instead of all else.

`make image-test`. Needs root, buildah and debootstrap, and Debian's packages and pip's registry as this machine is set
up for them. BASE is a plain Debian 12 with python3-venv, kept between runs as localhost/youju-test-base
(YOUJU_TEST_REBUILD_BASE=1 makes it anew), so what is tested is the Dockerfile, on an older pip and Python than the real
base has.
"""

import argparse
import html
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from tests.image.bill import bill_of_materials  # noqa: E402

BASE = "localhost/youju-test-base"
SUITE = "bookworm"
USER = 10001
QUESTION = "开发区招商改革怎么做的"
# A minute or two is usual with a kept base, three without.
WHOLE_RUN = 15 * 60

# vfs and chroot need neither overlay mounts nor namespaces, which a sandbox may not give.
ENVIRONMENT = os.environ | {"STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}


class Failure(Exception):
    """The image is not as it should be, or could not be made; the message says how."""


def run(*command: str, timeout: float = 120, log: Path | None = None) -> str:
    """Return what the command printed; with ``log``, all its output goes there and stands in the failure."""
    try:
        if log is None:
            done = subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True, timeout=timeout)
            said = done.stdout + done.stderr
        else:
            with log.open("w", encoding="utf-8") as sink:
                done = subprocess.run(command, env=ENVIRONMENT, text=True, stdout=sink, stderr=sink, timeout=timeout)
            said = log.read_text(encoding="utf-8", errors="replace")
    except subprocess.TimeoutExpired:
        raise Failure(f"{' '.join(command)}: not done after {timeout:.0f} s") from None
    if done.returncode:
        raise Failure(f"{' '.join(command)}: exit {done.returncode}\n{said[-6000:]}")
    return "" if log else done.stdout.strip()


def step(text: str) -> None:
    print(f"{time.monotonic() - started:6.1f} s  {text}", flush=True)


# --- the base


def debian_mirror() -> str:
    """Return where this machine fetches Debian itself from (not its updates or security fixes)."""
    targets = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages")
    for target in targets.splitlines():
        uri, release, component = target.split()
        extra = release.endswith(("-updates", "-security", "-backports")) or "security" in uri
        if component == "main" and not extra:
            return uri
    raise Failure("apt-get indextargets names no Debian archive with the component main")


def make_base(scratch: Path) -> None:
    if os.environ.get("YOUJU_TEST_REBUILD_BASE") != "1":
        try:
            run("buildah", "inspect", "--type", "image", BASE)
            return step(f"base: {BASE} is kept from an earlier run")
        except Failure:
            pass
    step(f"base: debootstrap {SUITE} with python3-venv, about two minutes")
    with container("scratch") as base:
        folder = run("buildah", "mount", base)
        run(
            *("debootstrap", "--variant=minbase", "--include=python3-venv,ca-certificates"),
            *(SUITE, folder, debian_mirror()),
            timeout=600,
            log=scratch / "debootstrap.log",
        )
        for cache in ("var/cache/apt", "var/lib/apt/lists"):
            shutil.rmtree(Path(folder, cache))
        run("buildah", "config", "--env", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", base)
        run("buildah", "commit", "--quiet", "--format", "docker", base, BASE, timeout=300)


# --- the build


def host_pip(scratch: Path) -> list[str]:
    """Return the mounts that give the build this machine's pip configuration, its certificates and its local folders.

    Environment variables would stay in the image; a mounted /etc/pip.conf does not.
    """
    # Where packages come from and how they are fetched; nothing else of a person's configuration belongs in a build.
    wanted = ("index-url", "extra-index-url", "find-links", "trusted-host", "proxy", "cert", "client-cert", "timeout")
    options: dict[str, str] = {}
    for line in run(sys.executable, "-m", "pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        option = name.rpartition(".")[2].removeprefix("default-")
        if option in wanted:
            options[option] = value.strip("'\"")
    if "cert" not in options and (bundle := os.environ.get("SSL_CERT_FILE")):
        options["cert"] = bundle
    parts = [part for value in options.values() for part in value.split()]
    mounts = {part: part for part in parts if part.startswith("/") and Path(part).exists()}
    configuration = scratch / "pip.conf"
    lines = [f"{option} = {' '.join(value.split())}" for option, value in sorted(options.items())]
    configuration.write_text("\n".join(["[global]", *lines, ""]), encoding="utf-8")
    mounts[str(configuration)] = "/etc/pip.conf"
    return [f"--volume={here}:{there}:ro" for here, there in mounts.items()]


@contextmanager
def built_image(scratch: Path, target: Sequence[str] = ()) -> Iterator[str]:
    image = f"localhost/youju-test:{os.getpid()}"
    step("build: the Dockerfile")
    run(
        *("buildah", "bud", "--format", "docker", "--pull-never", "--network", "host", "--build-arg", f"BASE={BASE}"),
        *host_pip(scratch),
        *target,
        *("--tag", image, str(ROOT)),
        timeout=600,
        log=scratch / "build.log",
    )
    try:
        step(f"built: {run('buildah', 'images', '--format', '{{.Size}}', image)} with its base")
        yield image
    finally:
        run("buildah", "rmi", "--force", image)


@contextmanager
def container(image: str) -> Iterator[str]:
    name = run("buildah", "from", "--pull-never", image, timeout=300)
    try:
        yield name
    finally:
        run("buildah", "rm", name)


def configuration(image: str) -> dict:
    """Return the image's configuration, as `docker inspect` shows it under Config."""
    return json.loads(run("buildah", "inspect", "--type", "image", image))["Docker"]["config"]


# --- the run


def in_container(name: str, port: int, command: Sequence[str]) -> list[str]:
    return ["buildah", "run", "--network", "host", "--env", f"YOUJU_PORT={port}", name, "--", *command]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def served_by(parent: int) -> int:
    """Return the id of the innermost process under ``parent``: the service itself, below buildah's own.

    The children of every thread are looked at, because buildah starts them from any.
    """
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            return served_by(int(child))
    return parent


def wait_until_ready(service: subprocess.Popen, port: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if service.poll() is not None:
            raise Failure(f"the container ended by itself, exit {service.returncode}")
        try:
            fetch(port, "/readyz")
            return
        except OSError:
            time.sleep(0.1)
    raise Failure(f"/readyz did not answer 200 within {seconds:.0f} s")


def fetch(port: int, path: str, body: dict | None = None) -> str:
    """Return what stands at the path; a body is posted to it as JSON. An answer that is no 200 raises URLError."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"})
    with local.open(request, timeout=30) as answer:
        return answer.read().decode()


def check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failure(otherwise)


def try_container(image: str, scratch: Path) -> None:
    config = configuration(image)
    check(config["User"].split(":")[0] == str(USER), f"the image's user is {config['User']!r}")
    check(set(config["Volumes"]) == {"/corpus", "/data"}, f"the image's volumes are {config['Volumes']}")
    kind, *health = config["Healthcheck"]["Test"]
    check(kind == "CMD", f"the health check is {kind}, not an argument list")

    with container(image) as name, (scratch / "service.log").open("w+", encoding="utf-8") as log:
        folder = Path(run("buildah", "mount", name))
        before = time.time()
        port = free_port()
        step(f"start: {' '.join(config['Entrypoint'] + config['Cmd'])} on port {port}")
        service = subprocess.Popen(
            in_container(name, port, config["Entrypoint"] + config["Cmd"]), env=ENVIRONMENT, stdout=log, stderr=log
        )
        try:
            wait_until_ready(service, port, 60)
            step("ready")
            pid = served_by(service.pid)
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
            uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
            check(set(uids) == {str(USER)}, f"the service runs as {uids}")

            answer = json.loads(fetch(port, "/api/v1/ask", {"question": QUESTION}))
            first = answer["citations"][0]["document"]["file"] if answer["citations"] else "no citation"
            said = " ".join(quote["text"] for quote in answer["answer"])
            check(first.startswith("001") and "招商服务公司" in said, f"{QUESTION}: {first}: {said}")
            step(f"answer: {first}: {said}")
            page = fetch(port, f"/?q={urllib.parse.quote(QUESTION)}")
            check("招商服务公司" in page, "the page does not show the answer")
            files = sorted(set(re.findall(r"[\"'](/static/[^\"'#]+)", page)))
            check(bool(files), "the page names no static file")
            for file in files:
                fetch(port, html.unescape(file))
            step(f"page: it shows the same, and its {len(files)} static files are there")

            run(*in_container(name, port, health), timeout=30)
            try:
                run(*in_container(name, free_port(), health), timeout=30)
            except Failure:
                step(f"health: {' '.join(health)} passes, and fails where nothing listens")
            else:
                raise Failure(f"{' '.join(health)} passes where nothing listens")

            os.kill(pid, signal.SIGTERM)
            try:
                ended = service.wait(timeout=30)
            except subprocess.TimeoutExpired:
                raise Failure("the service did not end within 30 s of SIGTERM") from None
            check(ended == 0, f"exit {ended} after SIGTERM")
            step("stop: exit 0 after SIGTERM")
        except Failure as failure:
            log.seek(0)
            raise Failure(f"{failure}\nThe service said:\n{log.read()[-6000:]}") from None
        finally:
            if service.poll() is None:
                os.kill(served_by(service.pid), signal.SIGKILL)
                service.wait(timeout=30)

        # /data and /corpus are volumes and /tmp a tmpfs in compose.yaml; buildah itself writes the others.
        elsewhere = ("data", "corpus", "tmp", "etc", "proc", "sys", "dev", "run")
        written = [
            str(path.relative_to(folder))
            for top in folder.iterdir()
            if top.name not in elsewhere and not top.is_symlink()
            for path in top.rglob("*")
            if path.lstat().st_mtime > before
        ]
        check(not written, f"a read-only container would fail, for these were written: {written[:10]}")
        step("nothing was written outside /data and /tmp")


# What is asked from inside, where nothing else can reach: no network but loopback, no capability, nothing to write but /data and
# /tmp. Arguments: the folder of the image, the question.
HARDENED = f"""
set -eu
ip link set lo up
mount --bind "$1" "$1"
mount -t proc -o nosuid,nodev,noexec proc "$1/proc"
mount -t tmpfs -o nosuid,nodev,size=64m tmpfs "$1/tmp"
mount -t tmpfs -o nosuid,nodev,size=256m,uid={USER},gid={USER},mode=700 tmpfs "$1/data"
for device in null zero urandom random; do touch "$1/dev/$device"; mount --bind "/dev/$device" "$1/dev/$device"; done
mount -o remount,bind,ro "$1"
exec chroot "$1" /usr/bin/env -i PATH=/opt/youju/venv/bin:/usr/bin:/bin LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \\
    YOUJU_CORPUS=/corpus YOUJU_DATA=/data YOUJU_DICTIONARY=/opt/youju/dictionary YOUJU_PORT=8000 \\
    setpriv --reuid {USER} --regid {USER} --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs \\
    /opt/youju/venv/bin/python -c "$INSIDE" "$2"
"""
INSIDE = """
import json, os, signal, subprocess, sys, time, urllib.request
service = subprocess.Popen(["youju", "serve"], stdout=subprocess.DEVNULL)
until = time.monotonic() + 60
while subprocess.run(["youju", "health"], stderr=subprocess.DEVNULL).returncode:
    assert service.poll() is None and time.monotonic() < until, "it did not become ready"
    time.sleep(0.2)
status = dict(line.split(":", 1) for line in open(f"/proc/{service.pid}/status") if ":" in line)
body = json.dumps({"question": sys.argv[1]}).encode()
asked = urllib.request.Request("http://127.0.0.1:8000/api/v1/ask", body, {"Content-Type": "application/json"})
answer = json.load(urllib.request.urlopen(asked, timeout=30))
written = []
for path in ("/", "/opt/youju", "/corpus", "/etc"):
    try:
        open(os.path.join(path, "probe"), "w").close()
        written.append(path)
    except OSError:
        pass
service.send_signal(signal.SIGTERM)
print(json.dumps({
    "status": {name: status[name].strip() for name in ("Uid", "CapEff", "CapBnd", "NoNewPrivs")},
    "said": " ".join(quote["text"] for quote in answer["answer"]),
    "written": written,
    "ended": service.wait(30),
}))
"""


def try_hardened(image: str) -> None:
    """Start the image as compose.yaml does, with the system's own means: crun stops at some machines' control groups."""
    with container(image) as name:
        folder = run("buildah", "mount", name)
        command = ["unshare", "--mount", "--net", "--pid", "--fork", "sh", "-c", HARDENED, "sh", folder, QUESTION]
        done = subprocess.run(command, env=os.environ | {"INSIDE": INSIDE}, text=True, capture_output=True, timeout=120)
        check(done.returncode == 0, f"the hardened container ended with {done.returncode}\n{done.stderr[-4000:]}")
        told = json.loads(done.stdout.strip().split("\n")[-1])
        status = told["status"]
        check(set(status["Uid"].split()) == {str(USER)}, f"it runs as {status['Uid']}")
        check(int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0, f"it has capabilities: {status}")
        check(status["NoNewPrivs"] == "1", "it could gain privileges")
        check(told["written"] == [], f"it can write to {told['written']}")
        check("招商服务公司" in told["said"], f"it answers {told['said']!r}")
        check(told["ended"] == 0, f"exit {told['ended']} after SIGTERM")
    step(
        "hardened: answers without network, capabilities or a file system to write to, as uid 10001; exit 0 after SIGTERM"
    )


# What LibreOffice writes from a text and a table, and what is read of it, by the image's own user.
OFFICE = """
mkdir /tmp/work /tmp/read
printf '在招商工作会议上的讲话\\n各部门要组建招商服务公司，每月开一次调度会。\\n' > /tmp/work/讲话.txt
printf '项目,金额\\n新建桥梁,三千万元\\n' > /tmp/work/项目表.csv
cd /tmp/work
for kind in doc rtf odt docx; do
    soffice --headless --infilter=Text:UTF8 --convert-to $kind:"$(case $kind in doc) echo 'MS Word 97';; rtf) echo 'Rich Text Format';; \
odt) echo writer8;; docx) echo 'MS Word 2007 XML';; esac)" --outdir /tmp/read/$kind 讲话.txt > /dev/null
done
for kind in xls ods xlsx; do
    soffice --headless --infilter='CSV:44,34,UTF8' --convert-to $kind --outdir /tmp/read/$kind 项目表.csv > /dev/null
done
YOUJU_CORPUS=/tmp/read YOUJU_DATA=/tmp/data youju index
YOUJU_CORPUS=/tmp/read YOUJU_DATA=/tmp/data youju ask 新建桥梁多少钱
"""


def try_office(image: str) -> None:
    """Have the image with LibreOffice read what that writes."""
    with container(image) as name:
        said = run(
            "buildah", "run", "--network", "host", "--env", "HOME=/data", name, "--", "sh", "-euc", OFFICE, timeout=300
        )
    print(said, flush=True)
    for kind, file in ((kind, "讲话") for kind in ("doc", "rtf", "odt", "docx")):
        check(f"✓ {kind}/{file}.{kind}（" in said, f"{file}.{kind} was not read")
    for kind in ("xls", "ods", "xlsx"):
        check(f"✓ {kind}/项目表.{kind}（" in said, f"项目表.{kind} was not read")
    check("三千万元" in said.rpartition("版本 ")[2], "what stands in the table is not answered")
    step("full: LibreOffice writes .doc, .rtf, .odt, .docx, .xls, .ods and .xlsx, and all of them are read")


def tell_of_what_is_inside(image: str, bill: Path | None) -> None:
    """Say what is in the image; with a file, keep it there."""
    with container(image) as name:
        text, components = bill_of_materials(Path(run("buildah", "mount", name)))
    kinds = {kind: [one for one in components if one.purl.type == kind] for kind in ("pypi", "deb")}
    inside = {one.name for one in kinds["pypi"]}
    locked = {line.partition("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    check(inside - locked == {"youju"}, f"in the image, and not locked: {sorted(inside - locked)}")
    step(f"inside: {len(kinds['deb'])} packages of Debian, {len(kinds['pypi'])} of Python:")
    step(" ".join(f"{one.name} {one.version}," for one in kinds["pypi"]).rstrip(","))
    if bill is not None:
        bill.write_text(text, encoding="utf-8")
        step(f"bill of materials: {bill}, {len(text) // 1000} kB of CycloneDX, valid")


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the image, try it, remove it.")
    parser.add_argument("--bill", type=Path, help="where its bill of materials is kept, as CycloneDX JSON")
    parser.add_argument("--full", action="store_true", help="only the image with LibreOffice: what that writes is read")
    options = parser.parse_args()
    missing = [tool for tool in ("buildah", "debootstrap", "unshare", "setpriv", "ip") if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        print(f"image test: needs root, and buildah and debootstrap (missing: {', '.join(missing) or 'none'})")
        return 2

    def overdue(*_: object) -> None:
        raise Failure(f"the whole run took over {WHOLE_RUN} s")

    signal.signal(signal.SIGALRM, overdue)
    signal.alarm(WHOLE_RUN)
    try:
        with ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="youju-image-")))
            make_base(scratch)
            if options.full:
                # Debian's packages come from where they come from here.
                target = ("--target", "full", "--volume=/etc/apt:/etc/apt:ro")
                try_office(stack.enter_context(built_image(scratch, target)))
                return 0
            image = stack.enter_context(built_image(scratch))
            tell_of_what_is_inside(image, options.bill)
            try_container(image, scratch)
            try_hardened(image)
    except (Failure, urllib.error.URLError) as failure:
        print(f"image test: {failure}", file=sys.stderr)
        return 1
    step("image test passed")
    return 0


started = time.monotonic()
# No proxy for loopback, whatever the environment says.
local = urllib.request.build_opener(urllib.request.ProxyHandler({}))

if __name__ == "__main__":
    sys.exit(main())
