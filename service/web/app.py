"""An Engine in, the Flask app that serves it out: the API and the pages, with all that goes for each of them."""

from threading import Event

from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from service.engine import Engine
from service.settings import Settings, shipped
from service.web.accounting import account
from service.web.api import api
from service.web.bounding import bound
from service.web.catalogue import catalogue
from service.web.compressing import compress
from service.web.doors import close_doors
from service.web.exports import exports
from service.web.guarding import guard
from service.web.login import login
from service.web.metrics import Metrics
from service.web.pages import pages
from service.web.problems import LARGEST_BODY
from service.web.refusing import refuse
from service.web.versioning import version_static


class _Json(DefaultJSONProvider):
    """JSON as it is read: Chinese unescaped, members in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(engine: Engine, settings: Settings, closing: Event | None = None) -> Flask:
    """Return the app; it answers 503 for as long as the engine has not loaded its corpus, and once ``closing`` is set.

    Views find the engine under ``current_app.extensions["youju"]``, the settings under ``"youju_settings"``.

    :raises SettingError: if the access tokens cannot be read, or logins not be signed
    """
    app = Flask(__name__, template_folder=str(shipped("templates")), static_folder=str(shipped("static")))
    app.json = _Json(app)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    if trusted := settings.proxies:
        # What they say of who asks, how and where is true; without them anybody could say so.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    metrics = Metrics(engine)
    app.jinja_env.globals["htmx_url"] = settings.htmx_url
    app.extensions.update(youju=engine, youju_settings=settings, youju_metrics=metrics)
    for blueprint in (api, pages, catalogue, exports, login):
        app.register_blueprint(blueprint)
    # What is done before a request is done in this order, what is done to its response in the other.
    account(app, settings, metrics)
    bound(app, settings, closing or Event())
    close_doors(app, settings)
    app.after_request(compress)
    version_static(app)
    guard(app, settings)

    @app.errorhandler(Exception)
    def say_no(error: Exception) -> Response:
        return refuse(app, error)

    return app
