"""The web app beside the endpoint: pages for what the graph holds, rendered here, with all assets packaged."""

from kg.serve.web.routes import web_routes

__all__ = ["web_routes"]
