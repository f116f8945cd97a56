'use client';
import { type ComponentPropsWithoutRef, useEffect, useRef, useState } from 'react';

import { isPngDataUri, pngBytes } from './png-data-uri.js';

export interface QrCodeProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** The server's `qr_code`: a `data:image/png;base64,` URI of at most 200 kB. Nothing else is shown. */
  src: string;
  /** What the picture is for. */
  alt: string;
  /** What stands there instead when the picture cannot be shown. */
  fallback?: string | undefined;
}

/**
 * A QR code on a white plate with the quiet zone that scanners need (ISO/IEC 18004, section 9.1: four modules), in every
 * theme. Where a strict CSP refuses `data:` pictures, it is drawn on a canvas.
 * Style it by `.mfa-qr-code` and `[data-state]`.
 */
export function QrCode({ src, alt, fallback, className, ...props }: QrCodeProps) {
  const [failed, setFailed] = useState<{ src: string; as: 'image' | 'canvas' }>();
  const failure = failed?.src === src ? failed.as : undefined;
  const state =
    !isPngDataUri(src) || failure === 'canvas' ? 'unavailable' : failure === 'image' ? 'canvas' : 'image';
  return (
    <div {...props} className={className ? `mfa-qr-code ${className}` : 'mfa-qr-code'} data-state={state}>
      {state === 'image' && (
        <img className="mfa-qr-image" src={src} alt={alt} onError={() => setFailed({ src, as: 'image' })} />
      )}
      {state === 'canvas' && (
        <CanvasImage src={src} alt={alt} onError={() => setFailed({ src, as: 'canvas' })} />
      )}
      {state === 'unavailable' && fallback && <p className="mfa-qr-fallback">{fallback}</p>}
    </div>
  );
}

function CanvasImage({ src, alt, onError }: { src: string; alt: string; onError: () => void }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(onError);
  useEffect(() => {
    latest.current = onError;
  });
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const picture = await createImageBitmap(new Blob([pngBytes(src)], { type: 'image/png' }));
      const canvas = ref.current;
      if (isGone || !canvas) return;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
    };
    draw().catch(() => isGone || latest.current());
    return () => {
      isGone = true;
    };
  }, [src]);
  return <canvas className="mfa-qr-image" ref={ref} role="img" aria-label={alt} />;
}
