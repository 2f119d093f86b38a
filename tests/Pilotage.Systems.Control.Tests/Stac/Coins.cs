using Pilotage.Environments;

namespace Pilotage.Systems.Control.Tests.Stac;

/// <summary>
/// Pays 1 or -1 by chance whatever is done, and never ends: only a time limit cuts it. The one-step target is spread by 1, so sigma = 1, and a pessimism of beta in every
/// later step makes the value -gamma beta / (1 - gamma) in every frame.
/// </summary>
internal struct Coins : IEnvironment
{
    public static EnvironmentSpec Describe() => new() { Name = "Coins", ObservationSize = 1, Actions = new ActionSpace.Box([-2], [6]), TimeLimit = 4 };

    public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 0.5f;

    public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 0.5f;
        return new(random.NextDouble() < 0.5 ? 1 : -1);
    }
}

/// <summary>One step an episode, from -0.5 at most to nothing: an action above the box's middle pays 1 on average but is a gamble of 6 either way, one below pays 0.5 for certain.</summary>
internal struct Gamble : IEnvironment
{
    public static EnvironmentSpec Describe() => new() { Name = "Gamble", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) };

    public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 1;

    public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 1;
        return new(action.Values[0] < 0 ? 0.5f : random.NextDouble() < 0.5 ? 7 : -5, End.Terminated);
    }
}

/// <summary>Three steps that pay 1, and an end.</summary>
internal struct ThreeSteps : IEnvironment
{
    private int _taken;

    public static EnvironmentSpec Describe() => new() { Name = "ThreeSteps", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) };

    public void Reset(Frame first, ref Randomness random)
    {
        _taken = 0;
        first.Observation[0] = 0;
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = ++_taken;
        return new(1, _taken == 3 ? End.Terminated : End.Running);
    }
}
