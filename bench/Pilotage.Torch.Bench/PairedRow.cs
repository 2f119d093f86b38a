using System.Text.Json.Serialization;

namespace Pilotage.Torch.Bench;

/// <summary>One figure beside what it is compared with.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Value">Median of the managed backend, or of the side that the case names first.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Against">What it was compared with.</param>
/// <param name="Ratio">Median of the other side's time over this side's, of neighbouring repetitions: above 1, this side is faster.</param>
/// <param name="Low">Lower end of the ratio's 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record PairedRow(
    [property: JsonPropertyName("case")] string Case,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("against")] string Against,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("high")] double High);
