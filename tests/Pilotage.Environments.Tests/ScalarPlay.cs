namespace Pilotage.Environments.Tests;

/// <summary>Steps one environment by hand, without the vector environment.</summary>
internal static class ScalarPlay
{
    public static (float[] Observation, float Reward, End End) Step<T>(ref T environment, int action, long seed = 0) where T : struct, IEnvironment
    {
        var observation = new float[T.Describe().ObservationSize];
        var random = SeedTree.Root(seed).Start();
        var outcome = environment.Step(new([action], []), new(observation, []), ref random);
        return (observation, outcome.Reward, outcome.End);
    }

    public static float[] Reset<T>(ref T environment, long seed) where T : struct, IEnvironment
    {
        var observation = new float[T.Describe().ObservationSize];
        var random = SeedTree.Root(seed).Start();
        environment.Reset(new(observation, []), ref random);
        return observation;
    }
}
