using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="TabularPolicy"/>: a table of action values and a grid that gives its rows.</summary>
/// <param name="Grid">Turns observations into states.</param>
/// <param name="UntriedAction">Taken where no legal action was ever tried.</param>
public sealed record TableDescriptor(GridDescriptor Grid, int UntriedAction) : PolicyDescriptor
{
    /// <summary>For readers of the file: what a mask does.</summary>
    public string Masks => "the best legal action that was tried, the first of equal ones";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        if (spec.Actions is not ActionSpace.Discrete discrete) throw weights.Unfit("a table chooses among discrete actions and the environment has none");
        if (UntriedAction < 0 || UntriedAction >= discrete.Count) throw weights.Unfit($"untriedAction is {UntriedAction} of {discrete.Count} actions");
        var grid = Grid.Build(spec.ObservationSize, weights);
        var (values, tried) = (weights.Read("q", grid.StateCount, discrete.Count), weights.Read("tried", grid.StateCount, discrete.Count));
        var table = new ActionValues(grid.StateCount, discrete.Count) { UntriedAction = UntriedAction };
        table.Restore(values, tried);
        return new TabularPolicy(table, grid);
    }
}
