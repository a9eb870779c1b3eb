import { pageFoot, pageHead, STREAM_END, streamHead } from '../page/page';
import { streamsIn } from './stream-folder';
import { publish } from './text-file';

/** `--timeline`: one HTML page with the streams of a folder as they are. It is the browser that makes rows of them. */
export function writeTimelinePage(path: string, folder: string, version: string): void {
  publish(path, file => {
    file.add(pageHead(version));
    for (const [lane, stream] of streamsIn(folder)) {
      file.add(streamHead(lane));
      file.copy(stream);
      file.add(STREAM_END);
    }
    file.add(pageFoot());
  });
}
