output "url" {
  description = "What `docket server bootstrap` takes; a name of the address in its place is better."
  value       = module.manifests.url
}
