"""Run as a module: fakeredis' TCP server on a port of this machine, until it is ended. For trying only."""

import sys

from fakeredis import TcpFakeServer

from console.embedded.ports import LOOPBACK


def main(port: int) -> None:
    TcpFakeServer((LOOPBACK, port), server_type="redis").serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
