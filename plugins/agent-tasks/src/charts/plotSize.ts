/** How high a drawing is, in pixels; what stands in its place until it is loaded is as high. */
export const PLOT_HEIGHT = 240;
