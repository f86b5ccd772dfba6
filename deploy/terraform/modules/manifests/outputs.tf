output "manifests" {
  description = "The manifests as YAML, by what they are."
  value = {
    config_map     = yamlencode(local.config_map)
    network_policy = yamlencode(local.network_policy)
    service        = yamlencode(local.service)
    stateful_set   = yamlencode(local.stateful_set)
  }

  precondition {
    condition     = var.storage_limit >= var.storage
    error_message = "storage_limit is below storage."
  }
}

output "url" {
  value = "mysql://root@${coalesce(var.address, "ADDRESS")}:3306/docket"
}
