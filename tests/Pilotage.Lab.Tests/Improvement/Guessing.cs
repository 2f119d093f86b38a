using Pilotage.Environments;

namespace Pilotage.Lab.Tests.Improvement;

/// <summary>Guess which of two signs a number has: a problem that is learned within a few hundred steps, and whose best return is known.</summary>
internal struct Guessing : IEnvironment
{
    public const int Length = 10;
    private float _shown;

    public static EnvironmentSpec Describe() =>
        new() { Name = "Guessing", ObservationSize = 1, ObservationNames = ["shown"], Actions = new ActionSpace.Discrete(2), TimeLimit = Length, RewardUnit = "points" };

    public void Reset(Frame first, ref Randomness random) => Show(first, ref random);

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        var reward = action.Index == (_shown > 0 ? 1 : 0) ? 1 : 0;
        Show(next, ref random);
        return new(reward);
    }

    private void Show(Frame frame, ref Randomness random) => frame.Observation[0] = _shown = (float)random.NextUniform(-1, 1);
}
