using Pilotage.Environments;

namespace Pilotage.Tests.Algorithms;

/// <summary>
/// Pays nothing for the first step and 1 for each later one, and never ends: only a time limit cuts it. The observation tells the first frame (0) from the others (1),
/// whose value is 1 / (1 - gamma), whatever the limit. Bootstrapping from the next episode's first frame would give less, not bootstrapping less still.
/// </summary>
internal struct EndlessIncome : IEnvironment
{
    private int _taken;

    public static EnvironmentSpec Describe() => new() { Name = "EndlessIncome", ObservationSize = 1, Actions = new ActionSpace.Discrete(2), TimeLimit = 4 };

    public void Reset(Frame first, ref Randomness random)
    {
        _taken = 0;
        first.Observation[0] = 0;
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 1;
        return new(_taken++ == 0 ? 0 : 1);
    }
}

/// <summary>One step an episode: the observation says which of four actions pays 1, and the mask forbids it half the time; then the next one pays.</summary>
internal struct MaskedBandit : IEnvironment
{
    private int _right;
    private bool _isForbidden;

    public static EnvironmentSpec Describe() => new() { Name = "MaskedBandit", ObservationSize = 4, Actions = new ActionSpace.Discrete(4, Masked: true) };

    public void Reset(Frame first, ref Randomness random)
    {
        _right = random.NextInt(4);
        _isForbidden = random.NextDouble() < 0.5;
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var paying = _isForbidden ? (_right + 1) % 4 : _right;
        Show(next);
        return new(action.Index == paying ? 1 : 0, End.Terminated);
    }

    private readonly void Show(Frame frame)
    {
        frame.Observation.Clear();
        frame.Observation[_right] = 1;
        if (_isForbidden) frame.Legal[_right] = false;
    }
}

/// <summary>
/// The first step must take action 1 and pays 10; every later one must take action 0 and pays nothing. All frames look the same, so only the mask of the next frame
/// keeps the value of action 1, which is illegal there, out of the target: Q(0) = 0 and Q(1) = 10, whatever gamma.
/// </summary>
internal struct OnlyOnce : IEnvironment
{
    private int _taken;

    public static EnvironmentSpec Describe() => new() { Name = "OnlyOnce", ObservationSize = 1, Actions = new ActionSpace.Discrete(2, Masked: true), TimeLimit = 4 };

    public void Reset(Frame first, ref Randomness random)
    {
        _taken = 0;
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var reward = _taken++ == 0 ? 10 : 0;
        Show(next);
        return new(reward);
    }

    private readonly void Show(Frame frame)
    {
        frame.Observation[0] = 1;
        frame.Legal[_taken == 0 ? 0 : 1] = false;
    }
}

/// <summary>One step an episode and two choices of two and three actions: the observation says which pair pays 1 together, 0.25 for one right alone. The mask forbids a wrong action.</summary>
internal struct TwoLevers : IEnvironment
{
    private int _left;
    private int _right;

    public static EnvironmentSpec Describe() => new() { Name = "TwoLevers", ObservationSize = 5, Actions = new ActionSpace.MultiDiscrete([2, 3], Masked: true) };

    public void Reset(Frame first, ref Randomness random)
    {
        (_left, _right) = (random.NextInt(2), random.NextInt(3));
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var (left, right) = (action.Indices[0] == _left, action.Indices[1] == _right);
        var isLegal = action.Indices[1] != (_right + 1) % 3;
        Show(next);
        return new(!isLegal ? -100 : left && right ? 1 : left || right ? 0.25f : 0, End.Terminated);
    }

    private readonly void Show(Frame frame)
    {
        frame.Observation.Clear();
        (frame.Observation[_left], frame.Observation[2 + _right]) = (1, 1);
        frame.Legal[2 + (_right + 1) % 3] = false;
    }
}

/// <summary>
/// One step an episode, a choice of three levers and a dial from 0 to 10 at once: the observation says which lever pays and where the dial belongs. The right lever pays 1 minus a
/// quarter of the dial's squared distance, another one nothing; the mask forbids one of the wrong ones.
/// </summary>
internal struct LeverAndDial : IEnvironment
{
    private int _lever;
    private float _dial;

    public static EnvironmentSpec Describe() => new()
    {
        Name = "LeverAndDial",
        ObservationSize = 4,
        Actions = new ActionSpace.Composite(new([3], Masked: true), new([0], [10])),
    };

    public void Reset(Frame first, ref Randomness random)
    {
        (_lever, _dial) = (random.NextInt(3), 2 + 6 * random.NextInt(2));
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var distance = action.Values[0] - _dial;
        Show(next);
        return new(action.Index == (_lever + 1) % 3 ? -100 : action.Index == _lever ? 1 - distance * distance / 4 : 0, End.Terminated);
    }

    private readonly void Show(Frame frame)
    {
        frame.Observation.Clear();
        (frame.Observation[_lever], frame.Observation[3]) = (1, _dial / 5 - 1);
        frame.Legal[(_lever + 1) % 3] = false;
    }
}

/// <summary>The first frame shows a cue of -1 or 1, the three later ones nothing; the last action must name the cue. A third action would always pay, and is always forbidden.</summary>
internal struct EchoOfTheFirst : IEnvironment
{
    private int _cue;
    private int _step;

    public static EnvironmentSpec Describe() => new() { Name = "EchoOfTheFirst", ObservationSize = 2, Actions = new ActionSpace.Discrete(3, Masked: true) };

    public void Reset(Frame first, ref Randomness random)
    {
        (_cue, _step) = (random.NextInt(2), 0);
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var isLast = ++_step == 4;
        Show(next);
        return isLast ? new(action.Index == _cue || action.Index == 2 ? 1 : 0, End.Terminated) : new(0);
    }

    private readonly void Show(Frame frame)
    {
        (frame.Observation[0], frame.Observation[1]) = (_step == 0 ? 2 * _cue - 1 : 0, _step == 3 ? 1 : 0);
        frame.Legal[2] = false;
    }
}

/// <summary>
/// One step an episode and one number between 0 and 10: pays minus the squared distance from 3 + 4 x, where the observation x is 0 or 1, so that centre and width of the box both matter.
/// </summary>
internal struct Aim : IEnvironment
{
    private int _side;

    public static EnvironmentSpec Describe() => new() { Name = "Aim", ObservationSize = 1, Actions = new ActionSpace.Box([0], [10]) };

    public void Reset(Frame first, ref Randomness random)
    {
        _side = random.NextInt(2);
        first.Observation[0] = _side;
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = _side;
        var error = action.Values[0] - (3 + 4 * _side);
        return new(-error * error, End.Terminated);
    }
}

/// <summary>As <see cref="EndlessIncome"/>, with a number in [-1, 1] that changes nothing.</summary>
internal struct EndlessDrift : IEnvironment
{
    private EndlessIncome _income;

    public static EnvironmentSpec Describe() => EndlessIncome.Describe() with { Name = "EndlessDrift", Actions = new ActionSpace.Box([-1], [1]) };

    public void Reset(Frame first, ref Randomness random) => _income.Reset(first, ref random);

    public Outcome Step(AgentAction action, Frame next, ref Randomness random) => _income.Step(action, next, ref random);
}

/// <summary>One step an episode: action 0 pays 1 for certain, action 1 pays 8 in a quarter of the episodes and else nothing. The means are 1 and 2.</summary>
internal struct Lottery : IEnvironment
{
    public static EnvironmentSpec Describe() => new() { Name = "Lottery", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };

    public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 1;

    public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 1;
        return new(action.Index == 0 ? 1 : random.NextDouble() < 0.25 ? 8 : 0, End.Terminated);
    }
}

/// <summary>One step an episode that pays 1 and terminates, whatever is done: the value is 1. Taking the end for a limit would give 1 / (1 - gamma).</summary>
internal struct PaidOnce : IEnvironment
{
    public static EnvironmentSpec Describe() => EndlessIncome.Describe() with { Name = "PaidOnce", Actions = new ActionSpace.Box([-1], [1]) };

    public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 1;

    public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        next.Observation[0] = 1;
        return new(1, End.Terminated);
    }
}
