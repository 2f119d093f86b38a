namespace Pilotage.Environments.Mujoco;

/// <summary>A task on a MuJoCo model: how an episode begins, what is seen, what is paid, and when it ends. Holds no state of an episode.</summary>
/// <typeparam name="TSelf">The task itself.</typeparam>
internal interface IMujocoTask<TSelf> where TSelf : IMujocoTask<TSelf>
{
    /// <summary>What is known without the model.</summary>
    /// <param name="version">Which definition.</param>
    static abstract TaskDescription Describe(TaskVersion version);

    /// <summary>Binds the task to a model that was checked against the description.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">Which definition.</param>
    static abstract TSelf Create(MujocoModel model, TaskVersion version);

    /// <summary>Moves a simulation at its initial state to where an episode begins.</summary>
    /// <param name="data">Positions and velocities are changed.</param>
    /// <param name="random">The row's own stream.</param>
    void Begin(MujocoData data, ref Randomness random);

    /// <summary>The number whose change, or whose value before or after a step, is paid: a place in metres, or a distance.</summary>
    /// <param name="data">After <see cref="Begin"/> or a step.</param>
    double Measure(MujocoData data);

    /// <summary>Reward and end of a step.</summary>
    /// <param name="data">After the step.</param>
    /// <param name="before">The measure before the step.</param>
    /// <param name="after">The measure after the step.</param>
    /// <param name="action">The action, as the policy gave it.</param>
    Outcome Judge(MujocoData data, double before, double after, ReadOnlySpan<float> action);

    /// <summary>Writes the observation.</summary>
    /// <param name="data">After <see cref="Begin"/> or a step.</param>
    /// <param name="observation">Filled whole.</param>
    void Observe(MujocoData data, Span<float> observation);
}
