using Pilotage.Lab.Sweeps.Search;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>The default and every combination of the grids, in one round.</summary>
internal sealed class GridTuner : ITuner
{
    private readonly List<Proposal> _all;

    /// <param name="space">Its grids.</param>
    /// <param name="start">The default's values; a grid point equal to it is not tried twice.</param>
    public GridTuner(SearchSpace space, IReadOnlyList<string> start) =>
        _all = [.. new[] { start }.Concat(space.Grid.Where(values => !values.SequenceEqual(start))).Select((values, index) => new Proposal(new(index, values), 0, 1))];

    /// <inheritdoc/>
    public double Cost => _all.Count;

    /// <inheritdoc/>
    public int ArmCount => _all.Count;

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Next(IReadOnlyList<Finding> findings) => findings.Count == 0 ? _all : [];
}
