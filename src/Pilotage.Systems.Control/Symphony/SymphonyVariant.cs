namespace Pilotage.Systems.Control.Symphony;

/// <summary>The published sets of constants.</summary>
public enum SymphonyVariant
{
    /// <summary>The one that the paper describes: 10,240 steps of exploration repeated 50 times, 3 updates a step, noise of deviation 1/e.</summary>
    S3,

    /// <summary>Half the step size, 20,480 steps repeated 25 times, and half of each network's outputs pass no gradient on.</summary>
    S2,

    /// <summary>Noise of deviation 1/pi.</summary>
    Se,

    /// <summary>7,680 steps repeated 50 times, 2 updates a step.</summary>
    Ed,
}
