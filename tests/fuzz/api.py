"""Ask a served API what its own OpenAPI allows, and what it does not, thousands of times; every check of schemathesis holds.

usage: python -m tests.fuzz.api [--examples N] [--seed N]     N for each of the operations; 1200 make more than 5,000 cases
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from service.tokens import made
from tests.faults.running import ROOT, Youju

# A question that is too long is refused as such, though it is a matter of the schema, too.
CHECKS = "[checks.negative_data_rejection]\nexpected-statuses = [400, 401, 403, 404, 405, 406, 413, 415, 422]\n"


def main() -> int:
    """Return 0 if nothing was found, and the service has logged no exception."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=1200)
    parser.add_argument("--seed", type=int, help="of what is asked at random; another each time when not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youju-fuzz-") as temporary:
        folder = Path(temporary)
        token, kept = made("fuzz", "admin")
        (folder / "tokens").write_text(kept.line + "\n", encoding="utf-8")
        (folder / "checks.toml").write_text(CHECKS, encoding="utf-8")
        youju = Youju(folder, folder)
        with youju.serve(ROOT / "seeds", folder / "data", "--tokens", str(folder / "tokens"), "--rate", "0") as service:
            documents = [document["id"] for document in service.get("/api/v1/documents", token)[1]["documents"]]
            done = subprocess.run(
                [
                    *(shutil.which("schemathesis", path=str(Path(sys.executable).parent)) or "schemathesis",),
                    *("--config-file", str(folder / "checks.toml")),
                    *("run", f"{service.address}/api/v1/openapi.json", "--checks", "all", "--continue-on-failure"),
                    *("--max-examples", str(options.examples), "--generation-database", "none"),
                    *(("--seed", str(options.seed)) if options.seed else ()),
                    *("--header", f"Authorization: Bearer {token}", "--output-truncate", "true"),
                ],
                env=os.environ
                | {
                    "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
                    "YOUJU_FUZZ_DOCUMENTS": json.dumps(documents),
                    "PYTHONPATH": str(ROOT),
                },
                check=False,
            )
            if "Traceback" in service.written:
                print(service.written[-5000:])
                return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
