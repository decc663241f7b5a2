"""Known motion gates on a stream of brightness planes, written from their descriptions.

    python3 gates.py stream WIDTH HEIGHT [--curves] < planes
    python3 gates.py file GATE FILE

stream: reads 8-bit planes, one after the other. Prints one line of JSON for the gates' settings, one for each frame
(for each setting its marks, [x, y, width, height, area] with the box in pixels of the source and the area in pixels
of what the gate looks at), and a last one for the CPU time of each setting, ms a frame.
file: one gate as it comes on a video file, OpenCV decoding: {"frames", "decodeMs", "gateMs", "peakBytes"}.

frigate: luma to 100 pixels tall, contrast stretched between the 4th and the 96th percentile (mean over 50 frames),
Gaussian blur of sigma 1, absolute difference to a running average (alpha 0.01), threshold 30, dilated, contours of at
least 10 pixels. More than 80 % changed: it calibrates anew, quickly (alpha 0.2), until under 5 % in under 4 contours.
The average takes in motion only from the tenth frame in a row.
mog2, knn: OpenCV's background subtractors at 320 wide with their own defaults, shadows left out, opened by 3x3.
difference: against the frame before at 320 wide, blurred by 5x5, threshold 25, dilated.
"""

import json
import resource
import sys
import time

import cv2
import numpy as np

MOST_MARKS = 32
LOOKED_AT_WIDTH = 320


class Frigate:
    default, others, area = 30, (18, 45), 10
    height, alpha, calibrating_alpha, patience, remembered = 100, 0.01, 0.2, 10, 50

    def __init__(self, threshold):
        self.threshold = threshold
        self.average = None
        self.limits = []
        self.calibrating = True
        self.motion_frames = 0

    def look(self, luma):
        size = (round(luma.shape[1] * self.height / luma.shape[0]), self.height)
        picture = self.stretched(cv2.resize(luma, size, interpolation=cv2.INTER_LINEAR))
        picture = cv2.GaussianBlur(picture, (0, 0), 1)
        if self.average is None:
            self.average = picture.astype(np.float32)
        change = cv2.absdiff(picture, cv2.convertScaleAbs(self.average))
        changed = cv2.threshold(change, self.threshold, 255, cv2.THRESH_BINARY)[1]
        contours = cv2.findContours(cv2.dilate(changed, None), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
        found = [(*cv2.boundingRect(contour), cv2.contourArea(contour)) for contour in contours]
        share = sum(mark[4] for mark in found) / changed.size
        was_calibrating = self.calibrating
        if share > 0.8:
            self.calibrating = True
        elif share < 0.05 and len(found) < 4:
            self.calibrating = False
        self.learn(picture, any(mark[4] >= self.area for mark in found))
        return [] if self.calibrating or was_calibrating else found

    def stretched(self, picture):
        low, high = np.percentile(picture, (4, 96))
        if low < high:
            self.limits = [*self.limits[1 - self.remembered :], (low, high)]
        if not self.limits:
            return picture
        low, high = np.mean(self.limits, axis=0)
        return np.clip((picture - low) * (255 / (high - low)), 0, 255).astype(np.uint8)

    def learn(self, picture, motion):
        self.motion_frames = self.motion_frames + 1 if motion else 0
        if self.calibrating or not motion or self.motion_frames >= self.patience:
            alpha = self.calibrating_alpha if self.calibrating else self.alpha
            cv2.accumulateWeighted(picture, self.average, alpha)


class Subtractor:
    area = 25

    def __init__(self, model):
        self.model = model
        self.kernel = np.ones((3, 3), np.uint8)

    def look(self, luma):
        foreground = (self.model.apply(reduced(luma)) == 255).astype(np.uint8)
        return blobs(cv2.morphologyEx(foreground, cv2.MORPH_OPEN, self.kernel))


class Mog2(Subtractor):
    default, others = 16, (40,)

    def __init__(self, threshold):
        super().__init__(cv2.createBackgroundSubtractorMOG2(varThreshold=threshold))


class Knn(Subtractor):
    default, others = 400, (150,)

    def __init__(self, threshold):
        super().__init__(cv2.createBackgroundSubtractorKNN(dist2Threshold=threshold))


class Difference:
    default, others, area = 25, (12, 45), 25

    def __init__(self, threshold):
        self.threshold = threshold
        self.before = None

    def look(self, luma):
        picture = cv2.GaussianBlur(reduced(luma), (5, 5), 0)
        before, self.before = self.before, picture
        if before is None:
            return []
        changed = cv2.threshold(cv2.absdiff(picture, before), self.threshold, 1, cv2.THRESH_BINARY)[1]
        return blobs(cv2.dilate(changed, None))


GATES = {"frigate": Frigate, "mog2": Mog2, "knn": Knn, "difference": Difference}


def reduced(luma):
    height = round(luma.shape[0] * LOOKED_AT_WIDTH / luma.shape[1])
    return cv2.resize(luma, (LOOKED_AT_WIDTH, height), interpolation=cv2.INTER_AREA)


def blobs(mask):
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [tuple(float(value) for value in row) for row in stats[1:count]]


def marks(gate, luma):
    """The largest places first, in pixels of the source."""
    tall = Frigate.height if isinstance(gate, Frigate) else luma.shape[0] * LOOKED_AT_WIDTH / luma.shape[1]
    scale = luma.shape[0] / tall
    found = sorted(gate.look(luma), key=lambda mark: -mark[4])[:MOST_MARKS]
    return [[*(round(scale * value) for value in mark[:4]), mark[4]] for mark in found if mark[4] > 0]


def stream(width, height, curves):
    runs = [
        (name, threshold, kind(threshold))
        for name, kind in GATES.items()
        for threshold in (kind.default, *(kind.others if curves else ()))
    ]
    settings = [
        {
            "gate": name,
            "setting": f"threshold {threshold}",
            "isDefault": threshold == gate.default,
            "threshold": gate.area,
            "hasRegions": True,
        }
        for name, threshold, gate in runs
    ]
    print(json.dumps(settings), flush=True)
    cpu_ns = [0] * len(runs)
    frames = 0
    while len(data := sys.stdin.buffer.read(width * height)) == width * height:
        luma = np.frombuffer(data, np.uint8).reshape(height, width)
        answer = []
        for index, (_, _, gate) in enumerate(runs):
            before = time.thread_time_ns()
            answer.append(marks(gate, luma))
            cpu_ns[index] += time.thread_time_ns() - before
        frames += 1
        print(json.dumps(answer), flush=True)
    print(json.dumps([ns / 1e6 / max(1, frames) for ns in cpu_ns]), flush=True)


def file(name, path):
    kind = GATES[name]
    gate = kind(kind.default)
    capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    frames, decode_ns, gate_ns = 0, 0, 0
    while True:
        started = time.process_time_ns()
        there, picture = capture.read()
        decoded = time.process_time_ns()
        if not there:
            break
        gate.look(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
        frames += 1
        decode_ns += decoded - started
        gate_ns += time.process_time_ns() - decoded
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"frames": frames, "decodeMs": decode_ns / 1e6 / frames, "gateMs": gate_ns / 1e6 / frames, "peakBytes": peak}))


def main():
    cv2.setNumThreads(1)
    mode, *arguments = sys.argv[1:]
    if mode == "stream":
        stream(int(arguments[0]), int(arguments[1]), "--curves" in arguments)
    else:
        file(*arguments)


if __name__ == "__main__":
    main()
