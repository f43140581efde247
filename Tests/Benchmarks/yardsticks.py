"""What cannot be undercut: nginx answering a constant, and PostgreSQL fed the same statements by pgbench."""

from pathlib import Path

from .cluster import Cluster
from .load import Call
from .processes import Server, free_port

NGINX = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log stderr warn;
events {{ worker_connections 2048; }}
http {{
  access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port} reuseport; default_type application/json;
    location / {{ return 200 '{{"pong":true}}'; }} }}
}}
"""


class Nginx:
    """`return 200`: no file, no log, no upstream."""

    name = "nginx"
    workloads = ("ping",)

    def start(self, _cluster: Cluster, folder: Path) -> "Nginx":
        self.port = free_port()
        home = folder / "nginx"
        home.mkdir()
        (home / "nginx.conf").write_text(NGINX.format(folder=home, port=self.port))
        command = ["/usr/sbin/nginx", "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]
        self.server = Server("nginx", command, self.port, folder / "nginx.log").wait()
        self.pid = self.server.pid
        return self

    def stop(self) -> None:
        self.server.stop()

    def calls(self, _workload: str, _first: int, _count: int) -> list[Call]:
        return [Call("/v1/ping", "localhost")]
