using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems;

/// <summary>A published system as the command line, the report and the dashboard see it.</summary>
public interface ISystem
{
    /// <summary>Name, source and what it is for.</summary>
    SystemDescription Description { get; }

    /// <summary>The settings that users may change, with defaults, ranges and documentation.</summary>
    SettingsSchema Settings { get; }

    /// <summary>Prepares the comparison. Reads and checks all data before anything runs.</summary>
    /// <param name="request">Settings, scale, seeds and data folder.</param>
    /// <returns>The study.</returns>
    /// <exception cref="UserMistakeException">Data or settings cannot be used; holds all problems.</exception>
    IStudy CreateStudy(StudyRequest request);

    /// <summary>Solves the user's own problem.</summary>
    /// <param name="request">Input files, settings and output folder.</param>
    /// <param name="progress">Told the share done, in [0, 1], and what is being done.</param>
    /// <param name="cancellation">Stops the work between two steps.</param>
    /// <returns>What to print and to keep.</returns>
    /// <exception cref="UserMistakeException">Input or settings cannot be used; holds all problems.</exception>
    ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation);
}
