"""Decode, letterbox and run a YOLOX model over video files, as an ordinary Python program does it.

    python3 opencv_loop.py loop|processes MODEL WIDTH HEIGHT FILE...

loop: file after file, OpenCV and onnxruntime with as many threads as there are files.
processes: a process for each file, each with one thread.
Prints {"frames", "wallSeconds", "cpuSeconds"} as JSON. The time of the imports doesn't count.
"""

import json
import multiprocessing
import resource
import sys
import time

import cv2
import numpy as np
import onnxruntime

PAD_VALUE = 114


def run_file(model_path, width, height, path, threads):
    cv2.setNumThreads(threads)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model_path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, threads])
    frames = 0
    while True:
        there, picture = capture.read()
        if not there:
            return frames
        session.run(None, {name: letterbox(picture, width, height)})
        frames += 1


def letterbox(picture, width, height):
    """`preproc` of YOLOX, yolox/data/data_augment.py (Apache-2.0), written anew."""
    scale = min(width / picture.shape[1], height / picture.shape[0])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    padded = np.full((height, width, 3), PAD_VALUE, dtype=np.uint8)
    padded[: size[1], : size[0]] = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(padded.transpose(2, 0, 1), dtype=np.float32)[None]


def cpu_seconds():
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main():
    way, model_path, width, height, *files = sys.argv[1:]
    started, cpu_before = time.monotonic(), cpu_seconds()
    if way == "loop":
        counts = [run_file(model_path, int(width), int(height), path, len(files)) for path in files]
    else:
        # Forked before a session exists, so nothing is loaded again.
        with multiprocessing.get_context("fork").Pool(len(files)) as pool:
            tasks = [(model_path, int(width), int(height), path, 1) for path in files]
            counts = pool.starmap(run_file, tasks, chunksize=1)
            pool.close()
            pool.join()
    wall_seconds = time.monotonic() - started
    print(json.dumps({"frames": sum(counts), "wallSeconds": wall_seconds, "cpuSeconds": cpu_seconds() - cpu_before}))


if __name__ == "__main__":
    main()
