namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What happened in one step of a job.</summary>
/// <param name="Cost">Money for the machines of this step.</param>
/// <param name="Machines">Machines that were paid in it.</param>
/// <param name="Working">Machines with a task at its end.</param>
/// <param name="Unfinished">Tasks not finished at its end.</param>
/// <param name="Lost">Machines that the next step's price took.</param>
/// <param name="Reward">As in the reward equation.</param>
internal readonly record struct JobStep(double Cost, int Machines, int Working, int Unfinished, int Lost, double Reward);
