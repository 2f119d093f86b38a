namespace Pilotage.Training;

/// <summary>How a safetensors file stores weights that are 32-bit floats in memory.</summary>
public enum FloatFormat
{
    /// <summary>IEEE 754 single precision: every bit is kept.</summary>
    F32,

    /// <summary>The upper half of a single: its range, 8 bits of precision. Narrowed to the nearest, ties to even.</summary>
    BF16,

    /// <summary>IEEE 754 half precision: up to 65504, 11 bits of precision. Narrowed to the nearest, ties to even; what is too large becomes infinity.</summary>
    F16,
}
