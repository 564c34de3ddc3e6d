/** Draws steps as HTML; loaded when a reader first asks for the steps of edited code. */
import draw from "../tools/steps/drawing.js";

globalThis.galleyDrawing = draw;
