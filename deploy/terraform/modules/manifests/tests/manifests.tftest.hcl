run "defaults_are_the_manifests" {
  command = plan

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.template.spec.containers[0].image == yamldecode(file("../../../kubernetes/base/statefulset.yaml")).spec.template.spec.containers[0].image
    error_message = "The default image is another one than that of the manifests."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.volumeClaimTemplates[0].spec.resources.requests.storage == "2Gi"
    error_message = "A new volume has 2 Gi."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.volumeClaimTemplates[0].metadata.annotations["resize.topolvm.io/storage_limit"] == "10Gi"
    error_message = "It may grow to 10 Gi."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem
    error_message = "What no variable says stays as it is in the manifests."
  }

  assert {
    condition     = yamldecode(output.manifests.config_map).data["config.yaml"] == file("../../../kubernetes/base/config.yaml")
    error_message = "The server's configuration is that of the manifests."
  }

  assert {
    condition     = length(yamldecode(output.manifests.service).metadata.annotations) == 0
    error_message = "Nothing is shared unasked."
  }
}

run "variables_are_put_in" {
  command = plan

  variables {
    namespace      = "tasks"
    secret_name    = "dolt-secret"
    image_tag      = "1.84.1"
    storage        = 4
    storage_limit  = 20
    storage_class  = "fast"
    memory_limit   = 2048
    address        = "192.0.2.200"
    sharing_key    = "shared"
    allowed_ranges = ["198.51.100.0/24"]
  }

  assert {
    condition     = alltrue([for each in values(output.manifests) : yamldecode(each).metadata.namespace == "tasks"])
    error_message = "Everything is in the namespace."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.template.spec.volumes[1].secret.secretName == "dolt-secret"
    error_message = "The Secret is the one that was named."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.template.spec.containers[0].image == "docker.io/dolthub/dolt-sql-server:1.84.1"
    error_message = "The image is the one that was named."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.template.spec.containers[0].resources.limits.memory == "2048Mi" && yamldecode(output.manifests.stateful_set).spec.template.spec.containers[0].env[1].value == "1843MiB"
    error_message = "Dolt knows its limit of memory, with room for what is not its heap."
  }

  assert {
    condition     = yamldecode(output.manifests.stateful_set).spec.volumeClaimTemplates[0].spec.storageClassName == "fast"
    error_message = "The storage class is the one that was named."
  }

  assert {
    condition     = yamldecode(output.manifests.service).metadata.annotations == { "metallb.io/allow-shared-ip" = "shared", "metallb.io/loadBalancerIPs" = "192.0.2.200" }
    error_message = "The address is shared."
  }

  assert {
    condition     = yamldecode(output.manifests.service).spec.loadBalancerSourceRanges[0] == "198.51.100.0/24"
    error_message = "Others may not connect."
  }

  assert {
    condition     = output.url == "mysql://root@192.0.2.200:3306/docket"
    error_message = "The URL has the address."
  }
}

run "a_moving_tag_is_refused" {
  command = plan
  variables {
    image_tag = "latest"
  }
  expect_failures = [var.image_tag]
}

run "wrong_values_are_refused" {
  command = plan
  variables {
    namespace      = "Docket"
    secret_name    = "a secret"
    storage        = 0
    storage_limit  = 1.5
    storage_class  = "Fast!"
    memory_limit   = 100
    address        = "db.example.com"
    sharing_key    = "two words"
    allowed_ranges = ["everybody"]
  }
  expect_failures = [
    var.namespace, var.secret_name, var.storage, var.storage_limit, var.storage_class,
    var.memory_limit, var.address, var.sharing_key, var.allowed_ranges,
  ]
}

run "a_limit_below_the_size_is_refused" {
  command = plan
  variables {
    storage       = 4
    storage_limit = 2
  }
  expect_failures = [output.manifests]
}
