import type { PictureHeader } from './live.ts';

const lengthBytes = 4;

/** A picture as one binary message: the length of its header (u32, big-endian), the header as JSON, the JPEG. */
export function encodePicture(header: PictureHeader, jpeg: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const message = new Uint8Array(lengthBytes + json.length + jpeg.length);
  new DataView(message.buffer).setUint32(0, json.length);
  message.set(json, lengthBytes);
  message.set(jpeg, lengthBytes + json.length);
  return message;
}

/** Only for what `encodePicture` of the same build made. */
export function decodePicture(message: ArrayBuffer): {
  header: PictureHeader;
  jpeg: Uint8Array<ArrayBuffer>;
} {
  const jsonEnd = lengthBytes + new DataView(message).getUint32(0);
  const header: PictureHeader = JSON.parse(
    new TextDecoder().decode(new Uint8Array(message, lengthBytes, jsonEnd - lengthBytes)),
  );
  return { header, jpeg: new Uint8Array(message, jsonEnd) };
}
