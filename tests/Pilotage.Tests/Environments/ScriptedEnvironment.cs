using Pilotage.Environments;

namespace Pilotage.Tests.Environments;

internal delegate void FillFrame(int episode, int step, Frame frame);

/// <summary>An environment whose every number is written by the test. By default it shows [episode, step] and pays the step's number.</summary>
internal sealed class ScriptedEnvironment : IEnvironment
{
    public FillFrame Fill { get; init; } = (episode, step, frame) => (frame.Observation[0], frame.Observation[1]) = (episode, step);

    public Func<int, Outcome> Outcome { get; init; } = step => new(step);

    public int Episode { get; private set; }

    public int StepOfEpisode { get; private set; }

    public static EnvironmentSpec Describe() => new() { Name = "Scripted", ObservationSize = 2, Actions = new ActionSpace.Discrete(3), TimeLimit = 100 };

    public void Reset(Frame first, ref Randomness random)
    {
        (Episode, StepOfEpisode) = (Episode + 1, 0);
        Fill(Episode, 0, first);
    }

    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        Fill(Episode, ++StepOfEpisode, next);
        return Outcome(StepOfEpisode);
    }
}
