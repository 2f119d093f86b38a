namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A machine of the cluster.</summary>
/// <param name="Name">As the user calls it; unique.</param>
/// <param name="Cores">Processor cores that tasks share, above 0.</param>
/// <param name="Memory">Memory that tasks share, above 0, in the unit of the tasks' memory.</param>
/// <param name="Speed">Work done per second by a running task, above 0; 1 is the machine in whose seconds work is measured.</param>
/// <param name="IdleWatts">Power while on with nothing to do.</param>
/// <param name="FullWatts">Power with all cores in use; at least <paramref name="IdleWatts"/>.</param>
/// <param name="PricePerHour">Money for an hour of being on.</param>
internal sealed record Machine(string Name, double Cores, double Memory, double Speed, double IdleWatts = 100, double FullWatts = 200, double PricePerHour = 0)
{
    /// <summary>Joules beyond the idle power for one unit of core-work (one core busy with work 1).</summary>
    public double JoulesPerWork => (FullWatts - IdleWatts) / (Cores * Speed);

    /// <summary>Power when on.</summary>
    /// <param name="used">Cores in use.</param>
    public double Watts(double used) => IdleWatts + (FullWatts - IdleWatts) * used / Cores;
}
