/** Touches as many bytes as its argument says, tells its parent, and keeps them. */
const pieceBytes = 16 * 1024 * 1024;
const held: Buffer[] = [];
for (let bytes = Number(process.argv[2]); bytes > 0; bytes -= pieceBytes)
  held.push(Buffer.alloc(Math.min(pieceBytes, bytes), 1));
process.send?.(held.length);
process.on('message', () => {});
