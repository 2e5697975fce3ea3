/** Stands for NULL in an Int32Array that becomes a table. */
export const noInteger = -2147483648;
