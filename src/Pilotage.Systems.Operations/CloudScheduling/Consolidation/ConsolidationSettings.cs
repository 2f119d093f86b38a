using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting D: virtual machines on hosts, five minutes a step. Hosts, power and virtual machines as in CloudSim's PlanetLab experiments (Beloglazov and Buyya, CCPE 24, 2012).</summary>
[Settings]
public sealed partial record ConsolidationSettings
{
    /// <summary>Hosts: half HP ProLiant G4 (2 x 1860 MIPS), half G5 (2 x 2660 MIPS).</summary>
    [Range(2, 10_000)]
    public int Hosts { get; init; } = 30;

    /// <summary>Virtual machines of a day, drawn from the trace; of four kinds in turn.</summary>
    [Range(1, 100_000)]
    public int VirtualMachines { get; init; } = 100;

    /// <summary>Memory of a host in MB. Of CloudSim's 4096, thirty hosts do not hold a hundred of its virtual machines; here the processor is what is short.</summary>
    [Range(1.0, 1e9)]
    public double HostMemory { get; init; } = 32_768;

    /// <summary>Steps of a day that are played.</summary>
    [Range(13, 100_000)]
    public int Steps { get; init; } = 288;

    /// <summary>Utilisation above which a host counts as overloaded, for the static rule and for destinations.</summary>
    [Range(0.1, 1.0)]
    public double Threshold { get; init; } = 0.8;

    /// <summary>Energy that a learner may take, over the static rule's on the same days. Its price rises while it takes more and falls while it takes less.</summary>
    [Range(0.1, 10.0)]
    public double EnergyLimit { get; init; } = 1.05;

    /// <summary>What energy counts at first beside full load and migrations, all over the static rule's: near its own price, little is lost on the way there.</summary>
    [Range(0.0, 1000.0)]
    public double FirstEnergyPrice { get; init; } = 10;

    /// <summary>How much the price rises with each look, for energy that is as much as the static rule's above the limit. 0: the price stays.</summary>
    [Range(0.0, 1e5)]
    public double PriceRate { get; init; } = 10;

    /// <summary>Test days of each training seed: other draws of virtual machines from the day that nothing learned from.</summary>
    [Range(1, 1000)]
    public int TestDays { get; init; } = 5;
}
