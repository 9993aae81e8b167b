"""Documents in the shape of the archive's templates; nobody in them exists."""

from __future__ import annotations

WITH_MIFA = """\
study:
  title: Nuclei of a made-up tissue for training segmentation
  description: "Images and masks: made up"
  private_until_date: 2024-08-02
  keywords:
    - AI
    - NO
  authors:
    - first_name: Ada
      last_name: Example
      email: ada@example.org
      role: conceptualization, data acquisition
      orcid: 0000-0002-1825-0097
      affiliation:
        name: Institute of Examples
        address: 1 Example Street
    - first_name: Bob
      last_name: Example
      role: annotator
      affiliation:
        name: Institute of Examples
        address: 1 Example Street
  license:
    name: CC0
    url: https://creativecommons.org/publicdomain/zero/1.0/legalcode
  funding:
    funding_statement: Paid by nobody.
    grant_references:
      - funder: Nobody
        identifier: 0844198
  publications:
    - title: A paper
      doi: https://doi.org/10.1038/s41597-020-00608-w
      year: 2020
      pubmed_id: PMC7419523
  links:
    - link_url: https://example.org/code
      link_type: code
      link_description: the code
  acknowledgements: Thanks
  rembi_version: '1.5'
biosamples:
  First biosample:
    organism:
      scientific_name: Homo sapiens
      common_name: human
      ncbi_taxon: NCBI:txid9606
    biological_entity: tissue
    description: a tumour
    intrinsic_variables: [GFP, on]
    experimental_variables:
      - 'dose: 1 µM'
      - Time
specimens:
  First specimen:
    sample_preparation: |
      fixed
      stained
    growth_protocol:
    storage: -80
acquisitions:
  First acquisition:
    imaging_method:
      value: Confocal microscopy
      ontology_id: http://purl.obolibrary.org/obo/FBbi_00000251
      ontology_name: Biological Imaging Methods Ontology (FBbi)
    imaging_instrument: Example scope
    image_acquisition_parameters: Voxel size 0.0430x0.0430
correlations:
  By hand:
    spatial_and_temporal_alignment: manual
    fiducials_used: beads
    transformation_matrix: none
analysis:
  Counting:
    analysis_overview: counted
annotations:
  Masks:
    annotation_overview: masks
    annotation_type: segmentation_mask, counts
    annotation_method: by hand
    annotation_confidence_level: 10 years
    annotation_criteria: in focus
    annotation_coverage: 100%
version:
  Masks:
    version: 1.0
    timestamp: 2020-07-17T00:00:00Z
    changes: none
study_component:
  experiment1:
    name: Confocal images
    description: images
    rembi_version: '1.5'
associations:
  experiment1:
    biosample_id: First biosample
    specimen_id: First specimen
    acquisition_id: First acquisition
    correlation_id: By hand
    analysis_id: Counting
workflow:
  steps: [a, b]
"""
