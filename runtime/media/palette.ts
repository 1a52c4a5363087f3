import type { Colour } from './canvas.ts';

/** Colours of lines and points, told apart by most colour-blind eyes too, on white. */
export const PALETTE = ['#2563eb', '#ea580c', '#059669', '#9333ea', '#db2777', '#0891b2'] as const;

export const INK = '#1f2937';
export const FAINT_INK = '#6b7280';
export const GRID_LINE = '#e5e7eb';

/** What pictures are drawn on, and written on it. */
export const PAPER: Colour = [255, 255, 255];
export const LETTER_INK: Colour = [31, 41, 55];
