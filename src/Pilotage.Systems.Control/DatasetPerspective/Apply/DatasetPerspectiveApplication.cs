namespace Pilotage.Systems.Control.DatasetPerspective;

internal static class DatasetPerspectiveApplication
{
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => throw new NotSupportedException();
}
