import type { AnalysedFrame } from './analysed-frame.ts';
import type { Results } from './results.ts';

/**
 * One JSON document as COCO defines it (cocodataset.org, "Data format": object detection): an image for each
 * analysed frame, an annotation with a `score` for each object; category ids count the model's classes from 1.
 * The logs are read twice, so that memory doesn't grow with their length.
 */
export async function* formatCoco({ logs, model, ledger }: Results): AsyncGenerator<string> {
  const categories = model.classNames.map((name, index) => ({ id: index + 1, name }));
  const info = { description: 'framegate analyze', model: model.id, modelSha256: model.sha256, ledger };
  yield `{"info":${JSON.stringify(info)},\n"categories":${JSON.stringify(categories)},\n"images":[`;
  let images = 0;
  for (const log of logs)
    for await (const frame of log.frames()) yield listed(imageOf(frame, (images += 1)), images);
  yield '],\n"annotations":[';
  const idOfClass = new Map(categories.map(({ id, name }) => [name, id]));
  let image = 0;
  let annotations = 0;
  for (const log of logs)
    for await (const { objects } of log.frames()) {
      image += 1;
      for (const { box, class: name, score } of objects) {
        annotations += 1;
        const [, , width, height] = box;
        const common = { id: annotations, image_id: image, category_id: idOfClass.get(name), bbox: box };
        yield listed(
          { ...common, area: Number((width * height).toFixed(2)), iscrowd: 0, score },
          annotations,
        );
      }
    }
  yield ']}\n';
}

function imageOf({ file, frame, timeSeconds, width, height }: AnalysedFrame, id: number) {
  return { id, file_name: `${file}#${frame}`, width, height, video: file, frame, timeSeconds };
}

function listed(item: object, position: number): string {
  return `${position > 1 ? ',' : ''}\n${JSON.stringify(item)}`;
}
