namespace Pilotage.Environments.Mujoco;

/// <summary>Which of Gymnasium's definitions of a task. They differ in what counts as reward, and for some tasks in the observation.</summary>
internal enum TaskVersion
{
    /// <summary>The healthy bonus is paid on the terminating step too.</summary>
    V4 = 4,

    /// <summary>The healthy bonus is paid while healthy only.</summary>
    V5 = 5,
}
