namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Where problems come from: machines that stay, jobs that are drawn.</summary>
internal interface IClusterWorld
{
    /// <summary>What machines do on their own.</summary>
    ClusterRules Rules { get; }

    /// <summary>The machines of every problem.</summary>
    IReadOnlyList<Machine> Machines { get; }

    /// <summary>About how long a job takes alone, in seconds: the unit in which learners see times.</summary>
    double TimeScale { get; }

    /// <summary>Draws a problem.</summary>
    /// <param name="random">The stream to draw from.</param>
    ClusterProblem Draw(ref Randomness random);
}
