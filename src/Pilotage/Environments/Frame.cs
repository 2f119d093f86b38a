namespace Pilotage.Environments;

/// <summary>What an environment fills for one row: the observation and which actions are legal. A view: valid during the call only.</summary>
public readonly ref struct Frame
{
    /// <summary>Wraps the place of one row.</summary>
    /// <param name="observation">To be filled, <see cref="EnvironmentSpec.ObservationSize"/> numbers.</param>
    /// <param name="legal">Arrives all <see langword="true"/>; empty where the space has no mask.</param>
    public Frame(Span<float> observation, Span<bool> legal)
    {
        Observation = observation;
        Legal = legal;
    }

    /// <summary>The observation, to be filled whole.</summary>
    public Span<float> Observation { get; }

    /// <summary>One flag per action; arrives all <see langword="true"/>, empty where the space has no mask.</summary>
    public Span<bool> Legal { get; }
}
