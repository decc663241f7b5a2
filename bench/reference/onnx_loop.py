"""Run a YOLOX model over JPEG files with OpenCV and onnxruntime, as an ordinary Python program does it.

    python3 onnx_loop.py MODEL WIDTH HEIGHT THREADS FRAMES spin|sleep JPEG...

spin: idle threads spin, the runtime's default; sleep: they sleep, as ours do.


Prints {"frames", "wallSeconds", "cpuSeconds", "latenciesMs"} as JSON. Imports and loading don't count.
"""

import json
import resource
import sys
import time

import cv2
import numpy as np
import onnxruntime

from opencv_loop import letterbox


def cpu_seconds():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def main():
    model_path, width, height, threads, frames, idle, *files = sys.argv[1:]
    cv2.setNumThreads(int(threads))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(threads)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "1" if idle == "spin" else "0")
    session = onnxruntime.InferenceSession(model_path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    jpegs = [np.fromfile(path, dtype=np.uint8) for path in files]

    def run(index):
        picture = cv2.imdecode(jpegs[index % len(jpegs)], cv2.IMREAD_COLOR)
        session.run(None, {name: letterbox(picture, int(width), int(height))})

    run(0)
    latencies = []
    started, cpu_before = time.monotonic(), cpu_seconds()
    for index in range(int(frames)):
        before = time.monotonic()
        run(index)
        latencies.append((time.monotonic() - before) * 1000)
    wall = time.monotonic() - started
    report = {"frames": int(frames), "wallSeconds": wall, "cpuSeconds": cpu_seconds() - cpu_before}
    print(json.dumps({**report, "latenciesMs": latencies}))


if __name__ == "__main__":
    main()
