/** pdfkit keeps the open font here; its types don't tell. */
interface WithOpenFont {
  _font: { font: { hasGlyphForCodePoint(code: number): boolean } };
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const HAS_LETTER = /[\p{L}\p{N}]/u;

/**
 * The text as the document's present font can write it: what it has no glyph for is written in a compatible form where
 * there is one ("Ｐ" as "P"); otherwise letters leave an ellipsis and symbols nothing.
 */
export function withoutMissing(doc: PDFKit.PDFDocument, text: string): string {
  const { font } = (doc as unknown as WithOpenFont)._font;
  const has = (part: string) =>
    Array.from(part).every((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0)!));
  if (has(text)) return text;
  const parts = Array.from(GRAPHEMES.segment(text), ({ segment }) => {
    const written = [segment, segment.normalize('NFKC')].find(has);
    return written ?? (HAS_LETTER.test(segment) ? '…' : '');
  });
  return parts.join('').replace(/…+/g, '…').replace(/\s+/g, ' ').trim();
}
