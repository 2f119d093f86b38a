using System.Globalization;
using System.Text;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What the recommended policy rented, step by step, at the first test start: for a look before it is trusted.</summary>
internal sealed class JobPlanFile
{
    private const string Name = "timeline.csv";
    private readonly StringBuilder _text = new("step,machines,working,unfinished_tasks,lost,cost\n");
    private int _steps;

    /// <summary>Writes down the first row's last step, while it runs.</summary>
    public void Watch(JobFleet fleet)
    {
        if (fleet.Run(0).Steps == _steps) return;
        var step = fleet.Last[0];
        _text.Append(CultureInfo.InvariantCulture, $"{_steps},{step.Machines},{step.Working},{step.Unfinished},{step.Lost},{step.Cost:0.######}\n");
        _steps = fleet.Run(0).Steps;
    }

    /// <summary>Writes the file.</summary>
    /// <returns>Its name.</returns>
    public string Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, Name), _text.ToString());
        return Name;
    }
}
