using Pilotage.Environments;

namespace Pilotage.Tests.Environments.ClassicControl;

/// <summary>Steps one environment by hand, without the vector environment.</summary>
internal static class ScalarPlay
{
    public static (float[] Observation, float Reward, End End) Step<T>(ref T environment, int action) where T : struct, IEnvironment =>
        Step(ref environment, new AgentAction([action], []));

    public static (float[] Observation, float Reward, End End) Step<T>(ref T environment, float action) where T : struct, IEnvironment =>
        Step(ref environment, new AgentAction([], [action]));

    public static float[] Reset<T>(ref T environment, long seed) where T : struct, IEnvironment
    {
        var observation = new float[T.Describe().ObservationSize];
        var random = SeedTree.Root(seed).Start();
        environment.Reset(new(observation, []), ref random);
        return observation;
    }

    private static (float[] Observation, float Reward, End End) Step<T>(ref T environment, AgentAction action) where T : struct, IEnvironment
    {
        var observation = new float[T.Describe().ObservationSize];
        var random = SeedTree.Root(0).Start();
        var outcome = environment.Step(action, new(observation, []), ref random);
        return (observation, outcome.Reward, outcome.End);
    }
}
