using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;

namespace Pilotage.Tests.Algorithms.Tabular;

/// <summary>Two states, two actions, deterministic: action 0 stays, action 1 moves. Reward depends on state and action. Only the time limit ends it.</summary>
internal struct TwoStates : IEnvironment
{
    public static readonly float[,] Rewards = { { 0f, -1f }, { 2f, 5f } };
    private int _state;

    public static EnvironmentSpec Describe() => new() { Name = "two-states", ObservationSize = 1, Actions = new ActionSpace.Discrete(2), TimeLimit = 7 };

    public void Reset(Frame first, ref Randomness random)
    {
        _state = 0;
        first.Observation[0] = 0;
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var reward = Rewards[_state, action.Index];
        if (action.Index == 1) _state = 1 - _state;
        next.Observation[0] = _state;
        return new(reward);
    }

    /// <summary>Q of the optimal policy by value iteration.</summary>
    public static double[,] OptimalValues(double discount)
    {
        var q = new double[2, 2];
        for (var sweep = 0; sweep < 2000; sweep++)
            for (var s = 0; s < 2; s++)
                for (var a = 0; a < 2; a++)
                {
                    var next = a == 1 ? 1 - s : s;
                    q[s, a] = Rewards[s, a] + discount * Math.Max(q[next, 0], q[next, 1]);
                }
        return q;
    }
}

/// <summary>The cliff walk of Sutton and Barto, example 6.6: four rows, twelve columns; the bottom row between start and goal costs 100 and leads back.</summary>
internal struct Cliff : IEnvironment
{
    private int _row, _column;

    public static EnvironmentSpec Describe() => new() { Name = "cliff", ObservationSize = 2, Actions = new ActionSpace.Discrete(4) };

    public void Reset(Frame first, ref Randomness random) => ((_row, _column), first.Observation[0], first.Observation[1]) = ((3, 0), 3, 0);

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        _row = Math.Clamp(_row + (action.Index == 0 ? -1 : action.Index == 2 ? 1 : 0), 0, 3);
        _column = Math.Clamp(_column + (action.Index == 1 ? 1 : action.Index == 3 ? -1 : 0), 0, 11);
        var fell = _row == 3 && _column is > 0 and < 11;
        if (fell) _column = 0;
        (next.Observation[0], next.Observation[1]) = (_row, _column);
        return new(fell ? -100 : -1, _row == 3 && _column == 11 ? End.Terminated : End.Running);
    }

    public static UniformGrid Grid => new([-0.5f, -0.5f], [3.5f, 11.5f], [4, 12]);
}

/// <summary>One state, three actions; the one with the greatest reward is never legal. Ends after one step in three.</summary>
internal struct Forbidden : IEnvironment
{
    public static EnvironmentSpec Describe() => new() { Name = "forbidden", ObservationSize = 1, Actions = new ActionSpace.Discrete(3, Masked: true), TimeLimit = 50 };

    public void Reset(Frame first, ref Randomness random) => (first.Observation[0], first.Legal[2]) = (0, false);

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        (next.Observation[0], next.Legal[2]) = (0, false);
        return new(action.Index == 2 ? throw new InvalidOperationException("an illegal action was taken") : action.Index, random.NextInt(3) == 0 ? End.Terminated : End.Running);
    }
}

internal static class TabularRuns
{
    public static readonly UniformGrid TwoStateGrid = new([-0.5f], [1.5f], [2]);
    public static readonly UniformGrid OneStateGrid = new([-0.5f], [0.5f], [1]);

    public static VectorEnvironment<T> Make<T>(int rows, SeedTree seeds) where T : struct, IEnvironment => new(new T[rows], seeds.Environments);
}
