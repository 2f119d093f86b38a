using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A cluster as a decision problem: an episode is one drawn problem from the first arrival to the last departure.</summary>
/// <remarks>An episode always ends by itself, which terminates it. Give <see cref="IDecisionView.Spec"/> to the vector environment: what is seen depends on the view.</remarks>
/// <param name="world">Draws problems.</param>
/// <param name="view">How decisions are seen.</param>
/// <param name="reward">What time costs.</param>
internal sealed class ClusterEnvironment(IClusterWorld world, IDecisionView view, ClusterReward reward) : IEnvironment
{
    private readonly ClusterSimulation _cluster = new(world.Rules);
    private double _cost;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => new MachineView(new AssignmentWorld(new(), 0.9)).Spec;

    /// <summary>Several of them as learners want them.</summary>
    public static VectorEnvironment<ClusterEnvironment> Rows(int rows, IClusterWorld world, IDecisionView view, ClusterReward reward, SeedTree seeds) =>
        new([.. Enumerable.Range(0, rows).Select(_ => new ClusterEnvironment(world, view, reward))], seeds, view.Spec);

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        _cluster.Begin(world.Draw(ref random));
        _cluster.Advance();
        _cost = reward.Cost(_cluster);
        view.Show(_cluster, first);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        view.Take(_cluster, action.Index);
        var goesOn = _cluster.Advance();
        var cost = reward.Cost(_cluster);
        var outcome = new Outcome((float)(_cost - cost), goesOn ? End.Running : End.Terminated);
        _cost = cost;
        if (goesOn) view.Show(_cluster, next);
        else view.ShowEnd(next);
        return outcome;
    }
}
