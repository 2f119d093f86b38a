using Pilotage.Environments;

namespace Pilotage.Systems.Language.Tests.R2vpo.Control;

/// <summary>One step an episode: the observation says which of four actions pays 1, and the mask forbids it half the time; then the next one pays. Throws where a forbidden action is played.</summary>
internal struct MaskedBandit : IEnvironment
{
    private int _right;
    private bool _isForbidden;

    public static EnvironmentSpec Describe() => new() { Name = "MaskedBandit", ObservationSize = 4, Actions = new ActionSpace.Discrete(4, Masked: true) };

    public void Reset(Frame first, ref Randomness random)
    {
        (_right, _isForbidden) = (random.NextInt(4), random.NextDouble() < 0.5);
        Show(first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        if (_isForbidden && action.Index == _right) throw new InvalidOperationException("A forbidden action was played.");
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
