# Reads the manifests of deploy/kubernetes/base, which are the one source, and puts in what the variables
# say. It needs no provider, so that it is tested without a cluster.

terraform {
  required_version = ">= 1.6"
}

locals {
  folder = "${path.module}/../../../kubernetes/base"

  read = {
    for name in ["networkpolicy", "service", "statefulset"] :
    name => yamldecode(file("${local.folder}/${name}.yaml"))
  }

  files = {
    for name in ["config.yaml", "start"] : name => file("${local.folder}/${name}")
  }

  config_map = {
    apiVersion = "v1"
    kind       = "ConfigMap"
    metadata   = { name = "docket-dolt", namespace = var.namespace }
    data       = local.files
  }

  annotations = merge(
    var.sharing_key == null ? {} : { "metallb.io/allow-shared-ip" = var.sharing_key },
    var.address == null ? {} : { "metallb.io/loadBalancerIPs" = var.address },
  )

  service = merge(local.read.service, {
    metadata = merge(local.read.service.metadata, {
      namespace   = var.namespace
      annotations = local.annotations
    })
    spec = merge(
      local.read.service.spec,
      length(var.allowed_ranges) == 0 ? {} : { loadBalancerSourceRanges = var.allowed_ranges },
    )
  })

  network_policy = merge(local.read.networkpolicy, {
    metadata = merge(local.read.networkpolicy.metadata, { namespace = var.namespace })
  })

  template  = local.read.statefulset.spec.template
  container = local.template.spec.containers[0]
  claim     = local.read.statefulset.spec.volumeClaimTemplates[0]

  stateful_set = merge(local.read.statefulset, {
    metadata = merge(local.read.statefulset.metadata, { namespace = var.namespace })
    spec = merge(local.read.statefulset.spec, {
      template = merge(local.template, {
        metadata = merge(local.template.metadata, {
          # A change of the files starts Dolt again.
          annotations = { "docket/config" = sha256(jsonencode(local.files)) }
        })
        spec = merge(local.template.spec, {
          containers = [merge(local.container, {
            image = "docker.io/dolthub/dolt-sql-server:${var.image_tag}"
            env = [
              for each in local.container.env :
              each.name != "GOMEMLIMIT" ? each : merge(each, {
                value = "${floor(var.memory_limit * 9 / 10)}MiB"
              })
            ]
            resources = merge(local.container.resources, {
              limits = { memory = "${var.memory_limit}Mi" }
            })
          })]
          volumes = [
            for volume in local.template.spec.volumes :
            volume.name != "secrets" ? volume : merge(volume, {
              secret = merge(volume.secret, { secretName = var.secret_name })
            })
          ]
        })
      })
      volumeClaimTemplates = [merge(local.claim, {
        metadata = merge(local.claim.metadata, {
          annotations = merge(local.claim.metadata.annotations, {
            "resize.topolvm.io/storage_limit" = "${var.storage_limit}Gi"
          })
        })
        spec = merge(
          local.claim.spec,
          { resources = { requests = { storage = "${var.storage}Gi" } } },
          var.storage_class == null ? {} : { storageClassName = var.storage_class },
        )
      })]
    })
  })
}
