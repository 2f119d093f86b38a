namespace Pilotage.Hosting;

/// <summary>What one policy decided for several observations.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Indices">One index for each discrete choice, row-major [rows, choices]; empty for a box.</param>
/// <param name="Values">One value for each continuous dimension, row-major [rows, dimensions], in the environment's own unit; empty for discrete choices.</param>
/// <param name="Memories">What it remembers of each row's episode now; empty for a policy without memory.</param>
/// <param name="Begun">How many memories were of another policy, so that they began anew with this decision.</param>
/// <param name="Version">Which policy decided: the hash of its parameters.</param>
public sealed record PolicyBatchDecision(
    int Rows, ReadOnlyMemory<int> Indices, ReadOnlyMemory<float> Values, IReadOnlyList<EpisodeMemory> Memories, int Begun, string Version)
{
    /// <summary>The indices of one row.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <returns>A view.</returns>
    public ReadOnlyMemory<int> IndicesOf(int row) => Indices.Slice(row * (Indices.Length / Rows), Indices.Length / Rows);

    /// <summary>The values of one row.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <returns>A view.</returns>
    public ReadOnlyMemory<float> ValuesOf(int row) => Values.Slice(row * (Values.Length / Rows), Values.Length / Rows);
}
