/** A file, known by its content. */
interface Pin {
  readonly sha256: string;
  readonly bytes: number;
}

export interface Download extends Pin {
  readonly url: string;
}

/** A file that the project uses and does not contain. */
export interface Asset extends Pin {
  /** Where it lies below a folder of assets. */
  readonly folder: 'models' | 'footage';
  readonly file: string;
  readonly licence: string;
  /** A public address with a known content; absent where none is known. */
  readonly download?: Download;
}

const sampleVideos =
  'https://raw.githubusercontent.com/intel-iot-devkit/sample-videos/57978890822836f2b4743852f04f62fc511757e4';
const openCv = 'https://raw.githubusercontent.com/opencv/opencv/71d3237a093b60a27601c20e9ee6c3e52154e8b1';

export const assetCatalogue = {
  'yolox-nano-416': {
    folder: 'models',
    file: 'yolox_nano_416.onnx',
    licence: 'Apache-2.0 (Megvii, YOLOX)',
    sha256: '695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14',
    bytes: 3_660_092,
    // The authors' own export of the same network: another file, so another checksum.
    download: {
      url: 'https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_nano.onnx',
      sha256: 'c789161ed43c8269fcd4e67c67eeeb4e80c622da2eb296a20bc6007bd18a0b7d',
      bytes: 3_659_407,
    },
  },
  'yolox-nano-640': {
    folder: 'models',
    file: 'yolox_nano_640.onnx',
    licence: 'Apache-2.0 (Megvii, YOLOX)',
    sha256: 'd015b03bd08c2d5fb7d1144c732d4dc52389aae24470702413efd4c8a04f91f5',
    bytes: 3_678_227,
  },
  'vtest.avi': {
    folder: 'footage',
    file: 'vtest.avi',
    licence: 'Apache-2.0 (OpenCV samples)',
    sha256: '45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf',
    bytes: 8_131_690,
    download: {
      url: `${openCv}/samples/data/vtest.avi`,
      sha256: '45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf',
      bytes: 8_131_690,
    },
  },
  'one-by-one-person-detection.mp4': {
    folder: 'footage',
    file: 'one-by-one-person-detection.mp4',
    licence: 'CC-BY-4.0 (Intel, sample-videos)',
    sha256: 'a5964aa259099a482a8b360ffc2c57b5a30f84d5919236a4dad01f8e929ac07c',
    bytes: 3_291_918,
    download: {
      url: `${sampleVideos}/one-by-one-person-detection.mp4`,
      sha256: 'a5964aa259099a482a8b360ffc2c57b5a30f84d5919236a4dad01f8e929ac07c',
      bytes: 3_291_918,
    },
  },
} as const satisfies Record<string, Asset>;

export type AssetName = keyof typeof assetCatalogue;

export function isAssetName(name: string): name is AssetName {
  return Object.hasOwn(assetCatalogue, name);
}
