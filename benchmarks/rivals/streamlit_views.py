"""Ten visitors of the Streamlit page, each view a session of its own over its websocket: prints one line of JSON.

Run by benchmarks.beside_rivals in the environment that has Streamlit: port, seconds, then the pages' queries.
"""

import itertools
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

CLIENTS = 10


def view(port: str, query: str) -> int:
    """Asks for one run of the page's script and reads what it sends until it has finished; returns how many charts."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    charts = 0
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, compression=None) as socket:
        socket.send(ask.SerializeToString())
        for frame in socket:
            sent = ForwardMsg.FromString(frame)
            kind = sent.WhichOneof("type")
            if kind == "script_finished":
                return charts
            if kind == "delta" and sent.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(sent.delta.new_element.exception.message)
            charts += kind == "delta" and '"data":' in sent.delta.new_element.plotly_chart.spec
    raise RuntimeError("the page's script did not finish")


def main() -> None:
    """Views for so many seconds, in turn over the queries; no view may lack a chart."""
    port, seconds, *queries = sys.argv[1:]
    following = itertools.cycle(queries)
    began = time.perf_counter()

    def visit(_: int) -> list[tuple[float, int]]:
        found = []
        while time.perf_counter() < began + float(seconds):
            started = time.perf_counter()
            charts = view(port, next(following))
            found.append((time.perf_counter() - started, charts))
        return found

    with ThreadPoolExecutor(CLIENTS) as clients:
        visits = list(itertools.chain(*clients.map(visit, range(CLIENTS))))
    print(
        json.dumps(
            {
                "times": [seconds for seconds, _ in visits],
                "fewest_charts": min(charts for _, charts in visits),
                "elapsed": time.perf_counter() - began,
            }
        )
    )


if __name__ == "__main__":
    main()
