namespace Pilotage.Dashboard.Serving;

/// <summary>More requests wait than may.</summary>
internal sealed class OverloadedException() : Exception(new Mistake("PIL1715", "The service is busy: as many requests wait as may.", "", "Ask again after a second, or send several observations in one request.").ToString());
